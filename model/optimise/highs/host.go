package highs

import (
	"context"
	"errors"
	"fmt"

	"github.com/tetratelabs/wazero/api"
)

// What the module asks of its surroundings, all answered here: HiGHS gets a
// clock, memory and somewhere to write, and nothing else.

// hosted is one function for the module to import.
type hosted struct {
	params, results []api.ValueType
	f               func(ctx context.Context, mod api.Module, stack []uint64)
}

const (
	i32 = api.ValueTypeI32
	i64 = api.ValueTypeI64
	f64 = api.ValueTypeF64
)

// Errors of WASI (preview 1) and, negated, of Linux system calls.
const (
	errnoBadFile   = 8
	errnoNoFile    = 44 // ENOENT in the numbering of WASI, which emscripten follows
	errnoNotTTY    = 59
	errnoSeek      = 70
	errnoBadClock  = 28
	standardOutput = 1
	standardError  = 2
)

// errThrown ends a run in which HiGHS gave up, most often for want of memory.
var errThrown = errors.New("HiGHS gave up (it may have wanted more memory)")

type runKey struct{}

func runOf(ctx context.Context) *Run {
	r, _ := ctx.Value(runKey{}).(*Run)
	return r
}

func gaveUp(context.Context, api.Module, []uint64) { panic(errThrown) }

func answer(v int32) func(context.Context, api.Module, []uint64) {
	return func(_ context.Context, _ api.Module, stack []uint64) { stack[0] = api.EncodeI32(v) }
}

// milliseconds is the clock of the run.
func milliseconds(ctx context.Context, _ api.Module, stack []uint64) {
	stack[0] = api.EncodeF64(runOf(ctx).now() * 1000)
}

var hostFunctions = map[string]hosted{
	"cxa_throw":                          {[]api.ValueType{i32, i32, i32}, nil, gaveUp},
	"abort_js":                           {nil, nil, gaveUp},
	"exit":                               {[]api.ValueType{i32}, nil, gaveUp},
	"proc_exit":                          {[]api.ValueType{i32}, nil, gaveUp},
	"emscripten_get_now":                 {nil, []api.ValueType{f64}, milliseconds},
	"emscripten_date_now":                {nil, []api.ValueType{f64}, milliseconds},
	"clock_time_get":                     {[]api.ValueType{i32, i64, i32}, []api.ValueType{i32}, clockTime},
	"emscripten_resize_heap":             {[]api.ValueType{i32}, []api.ValueType{i32}, grow},
	"fd_write":                           {[]api.ValueType{i32, i32, i32, i32}, []api.ValueType{i32}, write},
	"fd_read":                            {[]api.ValueType{i32, i32, i32, i32}, []api.ValueType{i32}, answer(errnoBadFile)},
	"fd_seek":                            {[]api.ValueType{i32, i64, i32, i32}, []api.ValueType{i32}, answer(errnoSeek)},
	"fd_close":                           {[]api.ValueType{i32}, []api.ValueType{i32}, answer(0)},
	"syscall_openat":                     {[]api.ValueType{i32, i32, i32, i32}, []api.ValueType{i32}, answer(-errnoNoFile)},
	"syscall_fcntl64":                    {[]api.ValueType{i32, i32, i32}, []api.ValueType{i32}, answer(-errnoBadFile)},
	"syscall_ioctl":                      {[]api.ValueType{i32, i32, i32}, []api.ValueType{i32}, answer(-errnoNotTTY)},
	"environ_sizes_get":                  {[]api.ValueType{i32, i32}, []api.ValueType{i32}, noEnvironment},
	"environ_get":                        {[]api.ValueType{i32, i32}, []api.ValueType{i32}, answer(0)},
	"tzset_js":                           {[]api.ValueType{i32, i32, i32, i32}, nil, universal},
	"setitimer_js":                       {[]api.ValueType{i32, f64}, []api.ValueType{i32}, answer(0)},
	"emscripten_runtime_keepalive_clear": {nil, nil, func(context.Context, api.Module, []uint64) {}},
}

// host offers the functions under the names the module knows them by, and the
// callback of callback.go.
func (e *Engine) host(ctx context.Context, imports map[string]string) error {
	used := map[string]string{} // short name → C name
	for c, short := range imports {
		used[short] = c
	}
	b := e.runtime.NewHostModuleBuilder("a")
	for _, d := range e.module.ImportedFunctions() {
		from, short, _ := d.Import()
		h, ok := hostFunctions[used[short]]
		if from != "a" || !ok {
			return fmt.Errorf("the module wants %s.%s (%q), which is not offered", from, short, used[short])
		}
		b = b.NewFunctionBuilder().WithGoModuleFunction(api.GoModuleFunc(h.f), h.params, h.results).Export(short)
	}
	if _, err := b.Instantiate(ctx); err != nil {
		return err
	}
	_, err := e.runtime.NewHostModuleBuilder("host").NewFunctionBuilder().
		WithGoModuleFunction(api.GoModuleFunc(called), []api.ValueType{i32, i32, i32, i32, i32}, nil).Export("callback").
		Instantiate(ctx)
	return err
}

// clockTime writes the time in nanoseconds.
func clockTime(ctx context.Context, mod api.Module, stack []uint64) {
	if id := api.DecodeI32(stack[0]); id < 0 || id > 3 {
		stack[0] = errnoBadClock
		return
	}
	mod.Memory().WriteUint64Le(uint32(stack[2]), uint64(runOf(ctx).now()*1e9))
	stack[0] = 0
}

// grow makes room for at least so many bytes, with some to spare so that it is
// not asked for every page.
func grow(_ context.Context, mod api.Module, stack []uint64) {
	const page = 65536
	have := mod.Memory().Size()
	want := uint64(uint32(stack[0]))
	stack[0] = 0
	for _, spare := range []uint64{uint64(have) / 2, uint64(have) / 8, 0} {
		size := max(want, uint64(have)+spare)
		if _, ok := mod.Memory().Grow(uint32((size - uint64(have) + page - 1) / page)); ok {
			stack[0] = 1
			return
		}
	}
}

// write takes what HiGHS writes about its progress.
func write(ctx context.Context, mod api.Module, stack []uint64) {
	fd, at, n := api.DecodeI32(stack[0]), uint32(stack[1]), uint32(stack[2])
	m := mod.Memory()
	var total uint32
	for j := range n {
		from, ok := m.ReadUint32Le(at + 8*j)
		size, ok2 := m.ReadUint32Le(at + 8*j + 4)
		text, ok3 := m.Read(from, size)
		if !ok || !ok2 || !ok3 {
			stack[0] = errnoBadFile
			return
		}
		if r := runOf(ctx); r.opt.Log != nil && (fd == standardOutput || fd == standardError) {
			_, _ = r.opt.Log.Write(text)
		}
		total += size
	}
	m.WriteUint32Le(uint32(stack[3]), total)
	stack[0] = 0
}

func noEnvironment(_ context.Context, mod api.Module, stack []uint64) {
	mod.Memory().WriteUint32Le(uint32(stack[0]), 0)
	mod.Memory().WriteUint32Le(uint32(stack[1]), 0)
	stack[0] = 0
}

// universal sets the time zone to UTC.
func universal(_ context.Context, mod api.Module, stack []uint64) {
	m := mod.Memory()
	m.WriteUint32Le(uint32(stack[0]), 0)
	m.WriteUint32Le(uint32(stack[1]), 0)
	for _, at := range stack[2:4] {
		m.Write(uint32(at), []byte("UTC\x00"))
	}
}
