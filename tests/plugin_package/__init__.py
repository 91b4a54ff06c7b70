"""What somebody else's distribution brings; the tests copy it into a folder and put that on the path."""
