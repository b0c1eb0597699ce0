//! Configuration, the parallel run, folders, reports: all that the faces call.
