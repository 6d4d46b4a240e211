"""The program: one module or small package per noun or stage."""
