"""The demo schools: their people, their exercises, and what their students answered."""
