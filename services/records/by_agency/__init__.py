"""Registers by agency, counted when somebody asks, from the rows and events of the moment that is shown."""
