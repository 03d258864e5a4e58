package look

import (
	"embed"

	"fyne.io/fyne/v2"
)

//go:embed icons/*.svg
var iconFiles embed.FS

// Icon returns one of our own icons by name: "portfolio", "map", "flag", ….
// It panics for a name that does not exist, which is a programmer's mistake.
func Icon(name string) fyne.Resource {
	b, err := iconFiles.ReadFile("icons/" + name + ".svg")
	if err != nil {
		panic("look: no icon " + name)
	}
	return fyne.NewStaticResource(name+".svg", b)
}
