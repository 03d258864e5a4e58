package publish

import (
	"archive/zip"
	"fmt"
	"io"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/appraisal"
	"github.com/planting-the-flag/flagstone/reports/open"
)

// openData writes the outputs for other programs. None of them holds an exempt
// figure in any edition but the charts of the exempt one.
func openData(kind Kind, c *appraisal.Comparison, w io.Writer, opt Options) error {
	switch kind {
	case Register:
		return open.Register(c.Project, w)
	case GeoJSON:
		return open.GeoJSON(c.Project, w)
	case Charts:
		z := zip.NewWriter(w)
		err := open.Charts(c, caseOptions(c, opt), func(name string, data []byte) error {
			f, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate})
			if err != nil {
				return err
			}
			_, err = f.Write(data)
			return err
		})
		if err != nil {
			return err
		}
		return z.Close()
	}
	return model.Invalid("kind", fmt.Sprintf("%q is not an output", kind))
}
