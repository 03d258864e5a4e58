package publish

import (
	"io"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/appraisal"
)

func openData(kind Kind, c *appraisal.Comparison, w io.Writer, opt Options) error {
	return model.Invalid("kind", string(kind))
}
