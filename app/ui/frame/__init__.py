"""The frame around the panes: window, rail, menus, command palette, shortcuts, settings, models, hardware."""
