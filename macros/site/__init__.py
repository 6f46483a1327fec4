"""What happens to the site after it is built."""
