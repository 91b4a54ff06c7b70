"""The vocabulary of the examination: values only, standard library only, no I/O."""
