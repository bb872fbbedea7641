"""AWS on a developer's machine, and the one description of the resources that it shares with the cloud."""
