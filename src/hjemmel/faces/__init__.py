"""What people and programs meet: strangers to each other, holding forms, pages and commands and no rule."""
