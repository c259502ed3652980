"""What commands share on the command line: groups of options, completion, and errors of usage."""
