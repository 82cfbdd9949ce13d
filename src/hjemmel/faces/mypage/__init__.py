"""My page: what is held about you, why, who sees it and until when."""
