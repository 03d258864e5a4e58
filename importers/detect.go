package importers

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"unicode/utf16"

	"github.com/planting-the-flag/flagstone/importers/csvfile"
	"github.com/planting-the-flag/flagstone/importers/geojson"
	"github.com/planting-the-flag/flagstone/importers/packed"
	"github.com/planting-the-flag/flagstone/importers/table"
)

// Detected is what the content of a file shows it to be, whatever its name says.
type Detected struct {
	Format    table.Format // empty when it is nothing Flagstone reads
	Encrypted bool         // protected by a password
	What      string       // what else it is, for the message: "a PDF document", "a picture"
}

// Detect looks at the content of a file.
func Detect(in table.Input) Detected {
	head := make([]byte, min(in.Size, 64<<10))
	n, _ := in.R.ReadAt(head, 0)
	head = head[:n]
	switch {
	case bytes.HasPrefix(head, []byte("PK\x03\x04")), bytes.HasPrefix(head, []byte("PK\x05\x06")):
		return detectZip(in)
	case bytes.HasPrefix(head, []byte{0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1}):
		return detectOLE(in)
	case len(head) > 8 && head[0] == 0x09 && (head[1] == 0x08 || head[1] == 0x04 || head[1] == 0x02 || head[1] == 0x00) && head[3] == 0 && head[2] >= 4 && head[2] <= 16:
		return Detected{Format: table.FormatXLS} // a BIFF stream without its container
	case bytes.HasPrefix(head, []byte("%PDF")):
		return Detected{What: "a PDF document"}
	case bytes.HasPrefix(head, []byte("SQLite format 3")):
		return Detected{What: "a database"}
	case bytes.HasPrefix(head, []byte{0x1F, 0x8B}):
		return Detected{What: "a gzip archive"}
	case bytes.HasPrefix(head, []byte("7z\xBC\xAF")), bytes.HasPrefix(head, []byte("Rar!")):
		return Detected{What: "an archive other than zip"}
	case bytes.HasPrefix(head, []byte("\x89PNG")), bytes.HasPrefix(head, []byte{0xFF, 0xD8, 0xFF}), bytes.HasPrefix(head, []byte("GIF8")):
		return Detected{What: "a picture"}
	case bytes.HasPrefix(head, []byte("PAR1")):
		return Detected{What: "a Parquet file"}
	}
	low := strings.ToLower(strings.TrimSpace(strings.TrimPrefix(string(head[:min(len(head), 2048)]), "\ufeff")))
	switch {
	case geojson.Looks(head):
		return Detected{Format: table.FormatGeoJSON}
	case strings.HasPrefix(low, "<!doctype html"), strings.HasPrefix(low, "<html"):
		return Detected{What: "a web page"}
	case strings.HasPrefix(low, "<?xml"):
		return Detected{What: "an XML document"}
	case strings.HasPrefix(low, "{") || strings.HasPrefix(low, "[{"):
		return Detected{What: "JSON, but not GeoJSON"}
	case looksLikeText(head):
		return Detected{Format: table.FormatCSV}
	}
	return Detected{What: "not text"}
}

func detectZip(in table.Input) Detected {
	z, err := zip.NewReader(in.R, in.Size)
	if err != nil {
		return Detected{Format: table.FormatZip}
	}
	switch {
	case packed.Find(z, "xl/workbook.xml") != nil:
		return Detected{Format: table.FormatXLSX}
	case packed.Find(z, "xl/workbook.bin") != nil:
		return Detected{What: "a binary workbook (xlsb); save it as xlsx"}
	case packed.Find(z, "word/document.xml") != nil:
		return Detected{What: "a Word document"}
	}
	if f := packed.Find(z, "mimetype"); f != nil {
		b, _ := packed.Read(f, 200)
		switch m := strings.TrimSpace(string(b)); {
		case strings.HasPrefix(m, "application/vnd.oasis.opendocument.spreadsheet"):
			return Detected{Format: table.FormatODS}
		case strings.HasPrefix(m, "application/vnd.oasis"):
			return Detected{What: "an OpenDocument file that is not a spreadsheet"}
		}
	}
	return Detected{Format: table.FormatZip}
}

// detectOLE tells an old workbook from a protected new one: both are compound files.
func detectOLE(in table.Input) Detected {
	name := func(s string) []byte {
		var b []byte
		for _, u := range utf16.Encode([]rune(s)) {
			b = append(b, byte(u), byte(u>>8))
		}
		return b
	}
	var found struct{ encrypted, book, word bool }
	buf := make([]byte, 1<<20)
	for off := int64(0); off < in.Size; off += int64(len(buf)) - 128 {
		n, err := in.R.ReadAt(buf, off)
		b := buf[:n]
		found.encrypted = found.encrypted || bytes.Contains(b, name("EncryptedPackage"))
		found.book = found.book || bytes.Contains(b, name("Workbook")) || bytes.Contains(b, name("Book\x00"))
		found.word = found.word || bytes.Contains(b, name("WordDocument"))
		if err != nil || n < len(buf) {
			if err != nil && err != io.EOF {
				break
			}
			break
		}
	}
	switch {
	case found.encrypted:
		return Detected{Format: table.FormatXLSX, Encrypted: true}
	case found.word && !found.book:
		return Detected{What: "an old Word document"}
	}
	return Detected{Format: table.FormatXLS}
}

// looksLikeText accepts what is mostly printable once decoded.
func looksLikeText(head []byte) bool {
	if len(bytes.TrimSpace(head)) == 0 {
		return true // empty: the reader says so
	}
	if e := csvfile.Sniff(head).Encoding; e == csvfile.UTF16LE || e == csvfile.UTF16BE {
		return true
	}
	var control, nul int
	for _, c := range head {
		switch {
		case c == 0:
			nul++
		case c < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\f' && c != 0x1A && c != 0x1B:
			control++
		}
	}
	return control*50 < len(head) && nul*5 < len(head)*2
}
