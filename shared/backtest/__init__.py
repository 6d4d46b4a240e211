"""What the present configuration would have meant on past news: its alerts, how many were false, how early, how many notices.

Rows of a file (past.py) go through the real pipeline with their own times as its clock (playing.py); what is counted by hour then
says where the peaks were (peaks.py), alerts are judged against those (judging.py), and notices are counted as notify would have
sent them (inboxes.py). measuring.py does all of it; result.py is the outcome; telling.py, drawing.py and page.py show it.
A file of counts alone (counts.py) is not played but looked through by itself (volume.py), and shown by the same.
"""
