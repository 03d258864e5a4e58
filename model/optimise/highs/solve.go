package highs

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
)

// Statuses of a model (HighsModelStatus).
const (
	modelEmpty         = 6
	modelOptimal       = 7
	modelInfeasible    = 8
	modelUnboundedOr   = 9
	modelUnbounded     = 10
	modelObjectiveOver = 11
)

// tick is how much the clock gains at a look: HiGHS looks about once for each
// step of its simplex method, which takes longer the larger the model. Measured
// so that a second by this clock is about one of an office computer of 2024.
func (m *Model) tick() float64 {
	return 4e-6 + 2e-9*float64(len(m.Value)+len(m.Cost)+len(m.RowLower))
}

// prepare hands the model and the options over.
func (r *Run) prepare(ctx context.Context) error {
	out, err := r.in.fn["Highs_create"].Call(ctx)
	if err != nil {
		return err
	}
	r.ptr = out[0]
	set := map[string]any{"output_flag": r.opt.Log != nil, "threads": 1, "parallel": "off", "random_seed": int(r.opt.Seed)}
	if r.opt.Gap > 0 {
		set["mip_rel_gap"] = r.opt.Gap
	}
	maps.Copy(set, r.opt.Set)
	for _, name := range slices.Sorted(maps.Keys(set)) {
		if err := r.set(ctx, name, set[name]); err != nil {
			return fmt.Errorf("option %s: %w", name, err)
		}
	}
	if err := r.pass(ctx); err != nil {
		return err
	}
	if r.m.Integer == nil {
		return nil
	}
	if err := r.listen(ctx); err != nil {
		return err
	}
	if r.opt.Start == nil {
		return nil
	}
	at, err := r.put(ctx, r.opt.Start)
	if err != nil {
		return err
	}
	defer r.release(ctx, at)
	return r.ok(r.in.call(ctx, "Highs_setSolution", r.ptr, at, 0, 0, 0))
}

func (r *Run) set(ctx context.Context, name string, v any) error {
	at := r.text(ctx, name)
	switch v := v.(type) {
	case bool:
		n := uint64(0)
		if v {
			n = 1
		}
		return r.ok(r.in.call(ctx, "Highs_setBoolOptionValue", r.ptr, at, n))
	case int:
		return r.ok(r.in.call(ctx, "Highs_setIntOptionValue", r.ptr, at, uint64(uint32(v))))
	case float64:
		return r.ok(r.in.call(ctx, "Highs_setDoubleOptionValue", r.ptr, at, math.Float64bits(v)))
	case string:
		return r.ok(r.in.call(ctx, "Highs_setStringOptionValue", r.ptr, at, r.text(ctx, v)))
	}
	return fmt.Errorf("%T is not the type of an option", v)
}

// pass copies the model into the memory of the module.
func (r *Run) pass(ctx context.Context) error {
	m := r.m
	var held []uint64
	var failed error
	hold := func(at uint64, err error) uint64 {
		held = append(held, at)
		failed = errors.Join(failed, err)
		return at
	}
	start := m.Start
	if len(start) == 0 {
		start = []int32{0}
	}
	args := []uint64{
		r.ptr, uint64(len(m.Cost)), uint64(len(m.RowLower)), uint64(len(m.Value)), 2 /* by rows */, 1 /* minimise */, math.Float64bits(0),
		hold(r.put(ctx, m.Cost)), hold(r.put(ctx, m.Lower)), hold(r.put(ctx, m.Upper)),
		hold(r.put(ctx, m.RowLower)), hold(r.put(ctx, m.RowUpper)),
		hold(r.putInts(ctx, start)), hold(r.putInts(ctx, m.Index)), hold(r.put(ctx, m.Value)),
	}
	name := "Highs_passLp"
	if m.Integer != nil {
		whole := make([]int32, len(m.Integer))
		for j, w := range m.Integer {
			if w {
				whole[j] = 1
			}
		}
		name, args = "Highs_passMip", append(args, hold(r.putInts(ctx, whole)))
	}
	if failed == nil {
		failed = r.ok(r.in.call(ctx, name, args...))
	}
	for _, at := range held {
		r.release(ctx, at)
	}
	return failed
}

// finish reads what HiGHS ended with.
func (r *Run) finish(ctx context.Context) error {
	n, rows := len(r.m.Cost), len(r.m.RowLower)
	status, err := r.in.call(ctx, "Highs_getModelStatus", r.ptr)
	if err != nil {
		return err
	}
	switch status {
	case modelInfeasible:
		r.status = Infeasible
		return nil
	case modelUnbounded, modelUnboundedOr:
		r.status = Unbounded
		return nil
	case modelOptimal, modelEmpty, modelObjectiveOver:
		r.status = Optimal
	default:
		r.status = Stopped
	}
	if r.m.Integer != nil {
		if v, ok := r.info(ctx, "mip_dual_bound"); ok {
			r.bound(v)
		}
		if r.status != Optimal {
			return nil
		}
	}
	at := [4]uint64{}
	for j, size := range [4]int{n, n, rows, rows} {
		if at[j], err = r.malloc(ctx, 8*size); err != nil {
			return err
		}
		defer r.release(ctx, at[j])
	}
	if err := r.ok(r.in.call(ctx, "Highs_getSolution", r.ptr, at[0], at[1], at[2], at[3])); err != nil {
		return err
	}
	if v, ok := r.info(ctx, "objective_function_value"); ok {
		r.take(v, r.doubles(at[0], n))
		if r.m.Integer == nil {
			r.bound(v)
		}
	}
	r.dual, r.rowDual = r.doubles(at[1], n), r.doubles(at[3], rows)
	return nil
}

// info reads a number about the solution.
func (r *Run) info(ctx context.Context, name string) (float64, bool) {
	at, err := r.malloc(ctx, 8)
	if err != nil {
		return 0, false
	}
	defer r.release(ctx, at)
	if err := r.ok(r.in.call(ctx, "Highs_getDoubleInfoValue", r.ptr, r.text(ctx, name), at)); err != nil {
		return 0, false
	}
	v := r.doubles(at, 1)[0]
	return v, !math.IsNaN(v) && !math.IsInf(v, 0)
}

// ok turns a HighsStatus into an error: −1 is one, 1 is a warning.
func (r *Run) ok(status int32, err error) error {
	if err == nil && status < 0 {
		err = errors.New("refused")
	}
	return err
}

func (r *Run) malloc(ctx context.Context, size int) (uint64, error) {
	at, err := r.in.call(ctx, "malloc", uint64(max(size, 8)))
	if err == nil && at == 0 {
		err = errThrown
	}
	return uint64(uint32(at)), err
}

func (r *Run) release(ctx context.Context, at uint64) {
	if at != 0 {
		_, _ = r.in.call(ctx, "free", at)
	}
}

// text keeps a C string for the life of the run.
func (r *Run) text(ctx context.Context, s string) uint64 {
	if at, ok := r.texts[s]; ok {
		return at
	}
	at, err := r.malloc(ctx, len(s)+1)
	if err != nil {
		panic(err)
	}
	r.in.mod.Memory().Write(uint32(at), append([]byte(s), 0))
	r.texts[s] = at
	return at
}

func (r *Run) put(ctx context.Context, v []float64) (uint64, error) {
	raw := make([]byte, 0, 8*len(v))
	for _, x := range v {
		raw = binary.LittleEndian.AppendUint64(raw, math.Float64bits(x))
	}
	return r.write(ctx, raw)
}

func (r *Run) putInts(ctx context.Context, v []int32) (uint64, error) {
	raw := make([]byte, 0, 4*len(v))
	for _, x := range v {
		raw = binary.LittleEndian.AppendUint32(raw, uint32(x))
	}
	return r.write(ctx, raw)
}

func (r *Run) write(ctx context.Context, raw []byte) (uint64, error) {
	at, err := r.malloc(ctx, len(raw))
	if err == nil {
		r.in.mod.Memory().Write(uint32(at), raw)
	}
	return at, err
}

func (r *Run) doubles(at uint64, n int) []float64 {
	raw, ok := r.in.mod.Memory().Read(uint32(at), uint32(8*n))
	if !ok {
		panic(errThrown)
	}
	v := make([]float64, n)
	for j := range v {
		v[j] = math.Float64frombits(binary.LittleEndian.Uint64(raw[8*j:]))
	}
	return v
}

func (r *Run) ints(at uint64, n int) []int32 {
	raw, ok := r.in.mod.Memory().Read(uint32(at), uint32(4*n))
	if !ok {
		panic(errThrown)
	}
	v := make([]int32, n)
	for j := range v {
		v[j] = int32(binary.LittleEndian.Uint32(raw[4*j:]))
	}
	return v
}

// Solve runs a model to its end, or for so many seconds of work by its own clock.
func (e *Engine) Solve(ctx context.Context, m *Model, seconds float64, opt Options) (*Run, error) {
	r, err := e.Start(ctx, m, opt)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	if _, err := r.Go(ctx, seconds); err != nil {
		return nil, err
	}
	return r, nil
}
