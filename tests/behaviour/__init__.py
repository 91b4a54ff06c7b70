"""One behaviour suite for every environment: the live one and the one that ships inside the package."""
