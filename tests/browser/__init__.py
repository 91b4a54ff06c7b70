"""The HTML report in a real browser: what a person sees, and what two checkers say of it."""
