"""What happens while the runtime loads a module, and the first thing that certainly fails."""
