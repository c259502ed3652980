"""The explorer: a selection of the model as one HTML file that needs nothing else."""
