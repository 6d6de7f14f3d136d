"""The golden thread: from the region's own plan to what is measured, worked out from frozen rows."""
