package session

import (
	"os"
	"path/filepath"
)

// CompiledFolder is where the compiled HiGHS is kept, so that only its first use
// on a machine takes seconds: the user's own folder for what can be made again.
// Empty, and nothing is kept, where the system has none.
func CompiledFolder() string {
	dir, err := os.UserCacheDir()
	if err != nil {
		return ""
	}
	return filepath.Join(dir, "flagstone", "highs")
}
