package highs

import (
	"context"
	"math"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
)

// Kinds of callback used (HighsCallbackType).
const (
	onImprovingSolution = 4
	onLogging           = 5
	onInterrupt         = 6
	onCutPool           = 7
	onUserSolution      = 9
)

// hook is a module that puts the host function host.callback into the table of
// functions of an instance of HiGHS and answers with its place there. In text:
//
//	(module
//	  (import "host" "callback" (func (param i32 i32 i32 i32 i32)))
//	  (import NAME TABLE (table 0 funcref))
//	  (elem declare func 0)
//	  (func (export "slot") (result i32) ref.func 0 i32.const 1 table.grow 0))
func hook(name, table string) []byte {
	str := func(s string) []byte { return append([]byte{byte(len(s))}, s...) }
	section := func(id byte, parts ...[]byte) []byte {
		var body []byte
		for _, p := range parts {
			body = append(body, p...)
		}
		return append([]byte{id, byte(len(body))}, body...)
	}
	const v = byte(api.ValueTypeI32)
	out := []byte{0, 'a', 's', 'm', 1, 0, 0, 0}
	out = append(out, section(1, []byte{2, 0x60, 5, v, v, v, v, v, 0, 0x60, 0, 1, v})...)
	out = append(out, section(2, []byte{2}, str("host"), str("callback"), []byte{0, 0}, str(name), str(table), []byte{1, 0x70, 0, 0})...)
	out = append(out, section(3, []byte{1, 1})...)
	out = append(out, section(7, []byte{1}, str("slot"), []byte{0, 1})...)
	out = append(out, section(9, []byte{1, 3, 0, 1, 0})...)
	return append(out, section(10, []byte{1, 9, 0, 0xd2, 0, 0x41, 1, 0xfc, 15, 0, 0x0b})...)
}

// listen has HiGHS call back.
func (r *Run) listen(ctx context.Context) error {
	in := r.in
	compiled, err := in.e.runtime.CompileModule(ctx, hook(in.mod.Name(), in.e.exports["table"]))
	if err != nil {
		return err
	}
	defer compiled.Close(ctx)
	mod, err := in.e.runtime.InstantiateModule(ctx, compiled, wazero.NewModuleConfig().WithName(in.mod.Name()+"-hook"))
	if err != nil {
		return err
	}
	r.hook = mod
	out, err := mod.ExportedFunction("slot").Call(ctx)
	if err != nil {
		return err
	}
	if err := r.ok(in.call(ctx, "Highs_js_setCallback", r.ptr, out[0], 0)); err != nil {
		return err
	}
	kinds := []uint64{onImprovingSolution, onLogging, onInterrupt, onUserSolution}
	if r.opt.Cuts {
		kinds = append(kinds, onCutPool)
	}
	for _, kind := range kinds {
		if err := r.ok(in.call(ctx, "Highs_startCallback", r.ptr, kind)); err != nil {
			return err
		}
	}
	return nil
}

// called is what HiGHS calls: kind, message, data out, data in, user data.
func called(ctx context.Context, mod api.Module, stack []uint64) {
	r := runOf(ctx)
	kind, out, in := int32(stack[0]), stack[2], stack[3]
	if v, ok := r.item(ctx, out, "mip_dual_bound"); ok && !math.IsInf(v, 0) && !math.IsNaN(v) {
		r.bound(v)
	}
	switch kind {
	case onImprovingSolution:
		value, ok := r.item(ctx, out, "objective_function_value")
		at, err := r.in.call(ctx, "Highs_getCallbackDataOutItem", out, r.text(ctx, "mip_solution"))
		n, err2 := r.in.call(ctx, "Highs_js_getCallbackMipSolutionSize", out)
		if ok && err == nil && err2 == nil && at != 0 && int(n) == len(r.m.Cost) {
			r.take(value, r.doubles(uint64(uint32(at)), len(r.m.Cost)))
		}
	case onCutPool:
		r.readCuts(ctx, out)
	case onUserSolution:
		if r.offered == nil {
			return
		}
		at, err := r.put(ctx, r.offered)
		if err == nil {
			_, err = r.in.call(ctx, "Highs_setCallbackSolution", in, uint64(len(r.offered)), at)
			r.release(ctx, at)
		}
		if err == nil {
			r.offered = nil
		}
	}
}

// item reads a number of the data HiGHS calls back with.
func (r *Run) item(ctx context.Context, out uint64, name string) (float64, bool) {
	off, known := r.offset[name]
	if !known {
		at, err := r.in.call(ctx, "Highs_getCallbackDataOutItem", out, r.text(ctx, name))
		if err != nil || at == 0 {
			return 0, false
		}
		off = uint32(at) - uint32(out)
		r.offset[name] = off
	}
	return r.in.mod.Memory().ReadFloat64Le(uint32(out) + off)
}

// Cut is an inequality that HiGHS added: Lower ≤ Σ Value·x ≤ Upper holds for
// every solution that costs less than the best one known when it was made.
type Cut struct {
	Lower, Upper float64
	Index        []int32
	Value        []float64
}

// Cuts are the inequalities in use when the first node was done, where the
// options ask for them.
func (r *Run) Cuts() []Cut {
	if r.left {
		return nil
	}
	return r.cuts
}

// readCuts copies the pool of cuts.
func (r *Run) readCuts(ctx context.Context, out uint64) {
	at := func(name string) uint64 {
		p, err := r.in.call(ctx, "Highs_getCallbackDataOutItem", out, r.text(ctx, name))
		if err != nil {
			panic(err)
		}
		return uint64(uint32(p))
	}
	number := func(name string) int {
		v, ok := r.in.mod.Memory().ReadUint32Le(uint32(at(name)))
		if !ok {
			panic(errThrown)
		}
		return int(v)
	}
	if number("cutpool_num_col") != len(r.m.Cost) {
		return
	}
	n, nz := number("cutpool_num_cut"), number("cutpool_num_nz")
	start, index := r.ints(at("cutpool_start"), n), r.ints(at("cutpool_index"), nz)
	value := r.doubles(at("cutpool_value"), nz)
	lower, upper := r.doubles(at("cutpool_lower"), n), r.doubles(at("cutpool_upper"), n)
	r.cuts = r.cuts[:0]
	for j := range n {
		end := nz
		if j+1 < n {
			end = int(start[j+1])
		}
		r.cuts = append(r.cuts, Cut{lower[j], upper[j], index[start[j]:end], value[start[j]:end]})
	}
}
