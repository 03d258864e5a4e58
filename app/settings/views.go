package settings

import "encoding/json"

// Views reads the named views of a table into a slice; what cannot be read is
// as if there were none.
func (s *Settings) Views(table string, into any) {
	if v := s.text("views." + table); v != "" {
		_ = json.Unmarshal([]byte(v), into) // an older or a damaged setting is no reason to stop
	}
}

// SetViews remembers the named views of a table.
func (s *Settings) SetViews(table string, views any) error {
	b, err := json.Marshal(views)
	if err == nil {
		s.setLater("views."+table, string(b))
	}
	return err
}
