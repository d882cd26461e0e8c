"""Political responses: how they are recorded and reviewed, and how they reach participants."""
