"""Running a decoder whose graphs have fixed shapes, with weights and caches on a graphics adapter."""
