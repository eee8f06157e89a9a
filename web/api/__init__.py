"""What does a program get? The JSON API and its description."""
