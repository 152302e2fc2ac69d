"""What travels: workbooks, packages, old reports. The only place that speaks Excel."""
