"""From nothing to the first API call: what is asked, where it is kept, and the call itself in three languages."""
