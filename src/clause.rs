//! The clause tree: 편·장·절·관·조·항·호·목 of any document, lossless. No I/O; cannot fail.
