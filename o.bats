1..9
# combinations 24; confirmed wrongly 0, confirmed 54, kept 54, sources 24
# combinations 100, confirmed 3637, confirmed wrongly 0
1..8
1..11
# extra requests for one refused registration in a list of 100: at most 14 (4 places, allowed 14)
1..18
1..18
Mon Nov 30 16:30:40 UTC 2026
done
