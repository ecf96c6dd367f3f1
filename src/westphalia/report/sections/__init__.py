"""Parts of a brief made from answers that a study keeps beside its runs, a file each."""
