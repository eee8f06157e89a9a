"""The engines that are compared, each set up as its own documentation recommends for German."""
