package workbook

import (
	"fmt"

	"github.com/xuri/excelize/v2"
)

// style is one of the few looks of a cell. Colour never speaks alone: inputs,
// calculations and outputs also stand in separate blocks and say so.
type style uint8

const (
	stNone style = iota
	stTitle
	stSubtitle
	stNote
	stHead
	stHeadRight
	stSection
	stLabel
	stText
	stTextWrap
	stInput
	stInputPct
	stInputFine
	stInputText
	stInputAway
	stCalc
	stCalcPence
	stCalcFine
	stCalcPct
	stTonnes
	stOutTonnes
	stRatio
	stDiff
	stInputNum
	stCalcAny
	stCalcText
	stYear
	stYearPlain
	stOutLabel
	stOut
	stOutPence
	stOutFine
	stApp
	stAppFine
	stAppText
	stTruth
	stTruthBig
	stLink
	stCount
)

const (
	fontName    = "Calibri"
	colInk      = "1A1A1A"
	colQuiet    = "595959"
	colInput    = "1F3FBF"
	colInputBg  = "EAF1FB"
	colHeadBg   = "1F3A5F"
	colSection  = "D9E2EC"
	colOutBg    = "F2F2F2"
	colAppBg    = "F7F3E8"
	colRule     = "A6A6A6"
	fmtWhole    = `[>=0.5]#,##0;[<=-0.5]-#,##0;"–"` // rounding dust shows as nothing
	fmtPence    = `[>=0.005]#,##0.00;[<=-0.005]-#,##0.00;"–"`
	fmtFine     = `#,##0.0000;-#,##0.0000;0`
	fmtTonnes   = `[>=0.05]#,##0.0;[<=-0.05]-#,##0.0;"–"`
	fmtRatio    = `0.00;-0.00;"none"`
	fmtDiff     = `[<-0.00005]-#,##0.0000;[>=0.00005]#,##0.0000;0`
	fmtAmount   = `#,##0.00;-#,##0.00;0`
	fmtGeneral  = `General`
	fmtPercent  = `0.0%`
	fmtPerCent2 = `0.00%`
	fmtYear     = `0`
)

// look is how a style is made.
type look struct {
	format      string
	bold        bool
	italic      bool
	size        float64
	colour      string
	fill        string
	align       string
	wrap        bool
	top, bottom int // border styles
	underline   bool
}

var looks = [stCount]look{
	stTitle:     {bold: true, size: 16, colour: colHeadBg},
	stSubtitle:  {size: 11, colour: colQuiet},
	stNote:      {size: 9, italic: true, colour: colQuiet},
	stHead:      {bold: true, colour: "FFFFFF", fill: colHeadBg, wrap: true},
	stHeadRight: {bold: true, colour: "FFFFFF", fill: colHeadBg, align: "right", wrap: true},
	stSection:   {bold: true, colour: colInk, fill: colSection},
	stLabel:     {},
	stText:      {},
	stTextWrap:  {wrap: true},
	stInput:     {format: fmtGeneral, colour: colInput, fill: colInputBg, align: "right"},
	stInputPct:  {format: fmtPerCent2, colour: colInput, fill: colInputBg, align: "right"},
	stInputFine: {format: fmtFine, colour: colInput, fill: colInputBg, align: "right"},
	stInputText: {colour: colInput, fill: colInputBg},
	stInputAway: {format: fmtGeneral, italic: true, colour: colInput, fill: colAppBg},
	stCalc:      {format: fmtWhole, align: "right"},
	stCalcPence: {format: fmtPence, align: "right"},
	stCalcFine:  {format: fmtFine, align: "right"},
	stTonnes:    {format: fmtTonnes, align: "right"},
	stOutTonnes: {format: fmtTonnes, bold: true, fill: colOutBg, align: "right", top: 1},
	stRatio:     {format: fmtRatio, align: "right"},
	stDiff:      {format: fmtDiff, align: "right"},
	stInputNum:  {format: fmtAmount, colour: colInput, fill: colInputBg, align: "right"},
	stCalcPct:   {format: fmtPercent, align: "right"},
	stCalcAny:   {align: "right"},
	stCalcText:  {},
	stYear:      {format: fmtYear, bold: true, fill: colSection, align: "right"},
	stYearPlain: {format: fmtYear, align: "right"},
	stOutLabel:  {bold: true, fill: colOutBg, top: 1},
	stOut:       {format: fmtWhole, bold: true, fill: colOutBg, align: "right", top: 1},
	stOutPence:  {format: fmtPence, bold: true, fill: colOutBg, align: "right", top: 1},
	stOutFine:   {format: fmtFine, bold: true, fill: colOutBg, align: "right", top: 1},
	stApp:       {format: fmtPence, italic: true, colour: colQuiet, fill: colAppBg, align: "right"},
	stAppFine:   {format: fmtFine, italic: true, colour: colQuiet, fill: colAppBg, align: "right"},
	stAppText:   {italic: true, colour: colQuiet, fill: colAppBg},
	stTruth:     {bold: true, align: "center"},
	stTruthBig:  {bold: true, size: 14, align: "center", top: 1, bottom: 1},
	stLink:      {colour: "0B5394", underline: true},
}

// makeStyles puts every look into the book once.
func makeStyles(f *excelize.File) ([]int, error) {
	ids := make([]int, stCount)
	for i := style(1); i < stCount; i++ {
		l := looks[i]
		size := l.size
		if size == 0 {
			size = 10
		}
		colour := l.colour
		if colour == "" {
			colour = colInk
		}
		x := &excelize.Style{
			Font:      &excelize.Font{Family: fontName, Size: size, Bold: l.bold, Italic: l.italic, Color: colour},
			Alignment: &excelize.Alignment{Horizontal: l.align, Vertical: "center", WrapText: l.wrap},
		}
		if l.wrap {
			x.Alignment.Vertical = "top"
		}
		if l.underline {
			x.Font.Underline = "single"
		}
		if l.fill != "" {
			x.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{l.fill}}
		}
		if l.top > 0 {
			x.Border = append(x.Border, excelize.Border{Type: "top", Color: colRule, Style: l.top})
		}
		if l.bottom > 0 {
			x.Border = append(x.Border, excelize.Border{Type: "bottom", Color: colRule, Style: l.bottom})
		}
		if l.format != "" && l.format != fmtGeneral {
			format := l.format
			x.CustomNumFmt = &format
		}
		id, err := f.NewStyle(x)
		if err != nil {
			return nil, fmt.Errorf("cell style %d: %w", i, err)
		}
		ids[i] = id
	}
	return ids, nil
}
