"""The forms of the office: fields and words only. What is right and wrong is said by the actions."""
