package xlsx

import (
	"archive/zip"
	"strconv"
	"strings"
)

// dateStyles lists, for every cell style of the workbook, whether its number format shows a date.
func dateStyles(z *zip.Reader) []bool {
	var st struct {
		Formats []struct {
			ID   int    `xml:"numFmtId,attr"`
			Code string `xml:"formatCode,attr"`
		} `xml:"numFmts>numFmt"`
		Cells []struct {
			Format int `xml:"numFmtId,attr"`
		} `xml:"cellXfs>xf"`
	}
	if err := part(z, "xl/styles.xml", &st); err != nil {
		return nil // a workbook may have no styles
	}
	custom := map[int]bool{}
	for _, f := range st.Formats {
		custom[f.ID] = showsDate(f.Code)
	}
	out := make([]bool, len(st.Cells))
	for i, c := range st.Cells {
		date, known := custom[c.Format]
		if !known {
			date = (c.Format >= 14 && c.Format <= 17) || c.Format == 22 || (c.Format >= 27 && c.Format <= 36) || (c.Format >= 50 && c.Format <= 58)
		}
		out[i] = date
	}
	return out
}

// showsDate looks for a year or a day in a format code, outside quoted text and brackets.
func showsDate(code string) bool {
	var quoted, bracket bool
	for i := 0; i < len(code); i++ {
		switch c := code[i]; {
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '\\' || c == '_' || c == '*':
			i++
		case c == '[':
			bracket = true
		case c == ']':
			bracket = false
		case bracket:
		case c == 'y' || c == 'Y' || c == 'd' || c == 'D':
			return true
		case c == ';':
			return false // the first section speaks for the format
		}
	}
	return false
}

// round15 keeps fifteen significant digits, as spreadsheet programs show.
func round15(v string) string {
	f, err := strconv.ParseFloat(v, 64)
	if err != nil {
		return v
	}
	s := strconv.FormatFloat(f, 'g', 15, 64)
	if strings.ContainsAny(s, "eE") {
		return v
	}
	return s
}
