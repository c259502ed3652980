"""The formats of pictures and networks, a file each: see `Format` in `bclm_cli.graph`."""
