"""When something is the matter with a report file: what it is, that nothing was lost, and the ways out."""
