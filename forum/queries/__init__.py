"""Named reads. They never write."""
