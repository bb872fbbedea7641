"""Where an AWS event becomes a plain call, and a result or an error becomes an answer."""
