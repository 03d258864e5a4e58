package csvfile_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"

	"github.com/planting-the-flag/flagstone/importers/csvfile"
	"github.com/planting-the-flag/flagstone/importers/table"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

func read(t testing.TB, b []byte) *table.Table {
	t.Helper()
	tab, err := csvfile.Read(context.Background(), table.Input{Name: "t.csv", R: bytes.NewReader(b), Size: int64(len(b))})
	if err != nil {
		t.Fatal(err)
	}
	return tab
}

func TestEveryDelimiterEncodingAndLineEnding(t *testing.T) {
	encodings := map[string]encoding.Encoding{
		"UTF-8": encoding.Nop, "UTF-8 with a mark": unicode.UTF8BOM, "Windows-1252": charmap.Windows1252, "ISO-8859-1": charmap.ISO8859_1,
		"UTF-16 little-endian": unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), "UTF-16 big-endian": unicode.UTF16(unicode.BigEndian, unicode.UseBOM),
		"UTF-16 without a mark": unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM),
	}
	for _, delim := range []string{",", ";", "\t", "|", "$"} {
		for _, ending := range []string{"\n", "\r\n", "\r"} {
			for name, enc := range encodings {
				text := strings.NewReplacer(",", delim, "\n", ending).Replace("name,rent,note\nCafé Rouge,£1200,\"two\nlines\"\nDepot,£0,\"a \"\"quoted\"\" word\"\nHall,£7,\n")
				b, err := enc.NewEncoder().Bytes([]byte(text))
				if err != nil {
					t.Fatal(err)
				}
				tab := read(t, b)
				if len(tab.Rows) != 4 || tab.Rows[1].At(0).Text != "Café Rouge" || tab.Rows[1].At(1).Text != "£1200" || tab.Rows[2].At(2).Text != `a "quoted" word` || len(tab.Rows[3].Cells) != 2 {
					t.Errorf("%q, %q, %s: read as %+v", delim, ending, name, tab.Rows)
				}
			}
		}
	}
}

func TestRowsKeepTheNumbersASpreadsheetShows(t *testing.T) {
	tab := read(t, []byte("a,b\n\n\n1,\"x\ny\nz\"\n,,\n2,3\n"))
	var got []int
	for _, r := range tab.Rows {
		if len(r.Cells) > 0 {
			got = append(got, r.Number)
		}
	}
	if fmt.Sprint(got) != "[1 4 6]" {
		t.Errorf("rows are numbered %v, want 1, 4 and 6", got)
	}
}

func TestAMarkNeverClosedDoesNotSwallowTheFile(t *testing.T) {
	var b strings.Builder
	b.WriteString("ref,name,town\n")
	for i := range 1000 {
		name := fmt.Sprintf("Hall %d", i)
		if i == 5 {
			name = `"The Old Hall`
		}
		fmt.Fprintf(&b, "%d,%s,Sale\n", i, name)
	}
	tab := read(t, []byte(b.String()))
	if len(tab.Rows) != 1001 {
		t.Fatalf("%d rows, want 1001", len(tab.Rows))
	}
	if len(tab.Notes) == 0 || !strings.Contains(tab.Notes[len(tab.Notes)-1].Message, "line 7") {
		t.Errorf("the mark is not said: %+v", tab.Notes)
	}
}

func TestNULBytesAndStrayCharactersAreSaid(t *testing.T) {
	tab := read(t, []byte("na\x00me,x\nCaf\xe9,1\n"))
	if tab.Rows[0].At(0).Text != "name" || tab.Rows[1].At(0).Text != "Café" || len(tab.Notes) != 2 {
		t.Errorf("read as %+v with notes %+v", tab.Rows, tab.Notes)
	}
}

func TestLimits(t *testing.T) {
	wide := strings.Repeat(",", 10_000_000)
	if _, err := csvfile.Read(context.Background(), table.Input{Name: "wide.csv", R: strings.NewReader(wide), Size: int64(len(wide))}); !errors.Is(err, table.ErrTooLarge) {
		t.Errorf("ten million columns: %v", err)
	}
	long := "name,note\nHall," + strings.Repeat("x", 50_000) + "\n"
	tab := read(t, []byte(long))
	if n := len(tab.Rows[1].At(1).Text); n != 32_767 || len(tab.Notes) != 1 {
		t.Errorf("a cell of 50,000 characters is kept with %d and %d notes", n, len(tab.Notes))
	}
}

// endless is a file of two gigabytes that takes no room.
type endless struct{ line []byte }

func (e endless) ReadAt(p []byte, off int64) (int, error) {
	for i := range p {
		p[i] = e.line[(off+int64(i))%int64(len(e.line))]
	}
	return len(p), nil
}

// watched counts the bytes that are read, and notes the most memory in use while they are.
type watched struct {
	io.ReaderAt
	bytes *int64
	heap  *uint64
}

func (w watched) ReadAt(p []byte, off int64) (int, error) {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	*w.bytes, *w.heap = *w.bytes+int64(len(p)), max(*w.heap, m.HeapAlloc)
	return w.ReaderAt.ReadAt(p, off)
}

func TestTwoGigabytesStopWithinTheLimits(t *testing.T) {
	var bytes int64
	var heap uint64
	in := table.Input{Name: "huge.csv", R: watched{endless{[]byte("1,Town Hall,M33 7ZF,Freehold,1200\n")}, &bytes, &heap}, Size: 2 << 30, Limits: table.Limits{Cells: 500_000}}
	_, err := csvfile.Read(context.Background(), in)
	if !errors.Is(err, table.ErrTooLarge) {
		t.Fatalf("a file of 2 GB: %v", err)
	}
	// 100,000 rows of 5 cells fit; a tenth fewer is advised.
	for _, word := range []string{"huge.csv", "500,000", "row 100001", "split it by owner or by area into files of at most 90,000 rows", "same project"} {
		if !strings.Contains(err.Error(), word) {
			t.Errorf("%q does not say %q", err, word)
		}
	}
	if bytes > 16<<20 || heap > 160<<20 {
		t.Errorf("it took %d MB of the file and %d MB of memory to find out", bytes>>20, heap>>20)
	}
}

// What is kept counts, not how long the file is.
func TestAFileOfSpacesTakesNoRoom(t *testing.T) {
	var bytes int64
	var heap uint64
	line := "Town Hall," + strings.Repeat(" ", 4000) + "\n"
	in := table.Input{Name: "spaces.csv", R: watched{endless{[]byte(line)}, &bytes, &heap}, Size: int64(len(line)) * 64_000}
	tab, err := csvfile.Read(context.Background(), in)
	if err != nil {
		t.Fatal(err)
	}
	if len(tab.Rows) != 64_000 || tab.Rows[63_999].At(0).Text != "Town Hall" {
		t.Errorf("%d rows", len(tab.Rows))
	}
	if heap > 160<<20 {
		t.Errorf("%d MB of file took %d MB of memory", in.Size>>20, heap>>20)
	}
}

func TestCancelStopsReading(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	in := table.Input{Name: "huge.csv", R: endless{[]byte("1,2\n")}, Size: 1 << 30, Progress: func(rows int) {
		if rows >= 1000 {
			cancel()
		}
	}}
	if _, err := csvfile.Read(ctx, in); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{"a,b\n1,2\n", "\xff\xfea\x00,\x00b\x00", "\"", "a;b\r\"x\"\"y\"\r", "\x00\x00", "\xef\xbb\xbfa\tb", "a|b|c\n\"1|2\n3"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		tab, err := csvfile.Read(context.Background(), table.Input{Name: "f.csv", R: bytes.NewReader(b), Size: int64(len(b))})
		if err != nil {
			return
		}
		last := 0
		for _, r := range tab.Rows {
			if r.Number <= last {
				t.Fatalf("row %d after row %d", r.Number, last)
			}
			last = r.Number
		}
	})
}

// hundredThousand is a table of 100,000 rows and 20 columns, as text.
func hundredThousand() []byte {
	var b bytes.Buffer
	b.WriteString("UPRN,AssetCode,PropertyName,StreetName,PostTown,PostCode,GeoX,GeoY,TenureType,TenureDetail,HoldingType,BuildingSize,LandArea,EnergyRating,Rent,Rates,Electricity (kWh),Gas (kWh),Backlog,Notes\n")
	for i := range 100_000 {
		fmt.Fprintf(&b, "%d,A%06d,\"Building %d, north\",High Street,Sale,M33 %dZF,-2.3%05d,53.4%05d,Freehold,Owner Occupied,Buildings,%d,0.%d,C,%d,%d,%d,%d,%d,\n",
			100010000000+i, i, i, i%10, i%99999, (i*7)%99999, 100+i%5000, i%100, i%9000, i%4000, i*3, i*5, i%70000)
	}
	return b.Bytes()
}

func BenchmarkRead100k(b *testing.B) {
	data := hundredThousand()
	b.SetBytes(int64(len(data)))
	b.ResetTimer()
	for b.Loop() {
		read(b, data)
	}
}

func BenchmarkBareEncodingCSV100k(b *testing.B) {
	data := hundredThousand()
	b.SetBytes(int64(len(data)))
	b.ResetTimer()
	for b.Loop() {
		r := csv.NewReader(bytes.NewReader(data))
		for {
			if _, err := r.Read(); err == io.EOF {
				break
			} else if err != nil {
				b.Fatal(err)
			}
		}
	}
}
