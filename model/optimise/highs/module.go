package highs

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"runtime"
	"strings"
	"sync/atomic"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"

	"github.com/planting-the-flag/flagstone/assets"
)

// ErrAbsent says that this program was built without HiGHS, or runs on a machine
// that it cannot be compiled for. Everything else still works.
var ErrAbsent = errors.New("HiGHS is not in this program")

// Engine is HiGHS, compiled. It may be used from several goroutines.
type Engine struct {
	runtime wazero.Runtime
	cache   wazero.CompilationCache
	module  wazero.CompiledModule
	exports map[string]string // C name → name in the module
	serial  atomic.Int64
}

// memoryPages is the most memory one run may take: 1 GB in pages of 64 kB.
const memoryPages = 16384

// Load compiles the embedded module, which takes seconds, or reads what an
// earlier Load left in the folder cache, which takes a fraction of one. With
// cache "" nothing is kept. The engine must be closed.
func Load(ctx context.Context, cache string) (*Engine, error) {
	if !compiles(runtime.GOOS, runtime.GOARCH) {
		return nil, fmt.Errorf("%w: no compiler for %s on %s", ErrAbsent, runtime.GOOS, runtime.GOARCH)
	}
	wasm, names, err := embedded(assets.HiGHS)
	if err != nil {
		return nil, err
	}
	e := &Engine{exports: map[string]string{}}
	if cache == "" {
		e.cache = wazero.NewCompilationCache()
	} else if e.cache, err = wazero.NewCompilationCacheWithDir(cache); err != nil {
		// A folder that cannot be written to costs time, not the answer.
		e.cache = wazero.NewCompilationCache()
	}
	e.runtime = wazero.NewRuntimeWithConfig(ctx, wazero.NewRuntimeConfigCompiler().
		WithCompilationCache(e.cache).WithMemoryLimitPages(memoryPages))
	imports := map[string]string{}
	for _, n := range names {
		switch n.kind {
		case "import":
			imports[n.c] = n.wasm
		case "export":
			e.exports[n.c] = n.wasm
		}
	}
	if e.module, err = e.runtime.CompileModule(ctx, wasm); err == nil {
		err = e.host(ctx, imports)
	}
	if err == nil {
		err = e.complete()
	}
	if err != nil {
		_ = e.Close()
		return nil, fmt.Errorf("HiGHS: %w", err)
	}
	return e, nil
}

// compiles says whether wazero has a compiler for the machine; interpreted,
// HiGHS would be too slow to be of use.
func compiles(system, machine string) bool {
	switch system {
	case "linux", "windows", "darwin", "freebsd", "netbsd", "dragonfly", "solaris", "illumos":
		return machine == "amd64" || machine == "arm64"
	}
	return false
}

// Close frees the compiled code. Runs must be closed before.
func (e *Engine) Close() error {
	return errors.Join(e.runtime.Close(context.Background()), e.cache.Close(context.Background()))
}

// name is a C name and what the module calls it.
type name struct{ kind, c, wasm string }

// embedded unpacks the module and its names.
func embedded(files fs.FS) ([]byte, []name, error) {
	packed, err := fs.ReadFile(files, "highs/highs.wasm.gz")
	if err != nil {
		return nil, nil, ErrAbsent
	}
	list, err := fs.ReadFile(files, "highs/highs.names")
	if err != nil {
		return nil, nil, ErrAbsent
	}
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, nil, fmt.Errorf("HiGHS: %w", err)
	}
	wasm, err := io.ReadAll(z)
	if err != nil {
		return nil, nil, fmt.Errorf("HiGHS: %w", err)
	}
	var names []name
	for lines := bufio.NewScanner(bytes.NewReader(list)); lines.Scan(); {
		if f := strings.Fields(lines.Text()); len(f) == 3 {
			names = append(names, name{f[0], f[1], f[2]})
		}
	}
	return wasm, names, nil
}

// complete checks that everything used is exported.
func (e *Engine) complete() error {
	have := e.module.ExportedFunctions()
	for _, n := range used {
		if _, ok := have[e.exports[n]]; !ok {
			return fmt.Errorf("the module does not export %s", n)
		}
	}
	if _, ok := e.module.ExportedMemories()[e.exports["memory"]]; !ok {
		return errors.New("the module does not export its memory")
	}
	return nil
}

// used are the functions called from here.
var used = []string{
	"constructors", "malloc", "free", "Highs_create", "Highs_destroy", "Highs_versionMajor",
	"Highs_passMip", "Highs_passLp", "Highs_run", "Highs_getModelStatus", "Highs_getSolution",
	"Highs_setBoolOptionValue", "Highs_setIntOptionValue", "Highs_setDoubleOptionValue", "Highs_setStringOptionValue",
	"Highs_getDoubleInfoValue", "Highs_setSolution", "Highs_js_setCallback", "Highs_startCallback",
	"Highs_getCallbackDataOutItem", "Highs_js_getCallbackMipSolutionSize", "Highs_setCallbackSolution",
}

// instance is one copy of HiGHS at work.
type instance struct {
	e   *Engine
	mod api.Module
	fn  map[string]api.Function
}

// start makes an instance with fresh memory. Host functions find their run
// through ctx.
func (e *Engine) start(ctx context.Context) (*instance, error) {
	called := fmt.Sprintf("highs-%d", e.serial.Add(1))
	mod, err := e.runtime.InstantiateModule(ctx, e.module, wazero.NewModuleConfig().WithName(called).WithStartFunctions())
	if err != nil {
		return nil, err
	}
	in := &instance{e: e, mod: mod, fn: map[string]api.Function{}}
	for _, n := range used {
		in.fn[n] = mod.ExportedFunction(e.exports[n])
	}
	_, err = in.call(ctx, "constructors")
	if err != nil {
		_ = mod.Close(ctx)
		return nil, err
	}
	return in, nil
}

// call calls a C function and returns its result as an int.
func (in *instance) call(ctx context.Context, name string, args ...uint64) (int32, error) {
	out, err := in.fn[name].Call(ctx, args...)
	if err != nil {
		return 0, fmt.Errorf("%s: %w", name, err)
	}
	if len(out) == 0 {
		return 0, nil
	}
	return int32(uint32(out[0])), nil
}
