"""The part of the settings that says which models elsewhere can be asked."""
