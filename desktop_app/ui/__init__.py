"""The window. Widgets show and report; the truth lives in the layers below."""
