package optimise

import (
	"context"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
)

// BenchmarkAgainstGeneralSolvers runs this engine, CBC and HiGHS one after
// another on the same problems with the same limit and prints the ratios:
//
//	go test -run '^$' -bench AgainstGeneral -benchtime 1x -timeout 9h ./model/optimise
//
// CBC is Debian's coinor-cbc. HiGHS is the npm package highs, in a folder that
// FLAGSTONE_NODE names or in one that node finds by itself. What is missing is
// skipped and said. FLAGSTONE_LIMIT is the limit on each run, 60s when unset; the
// whole takes hours then.
func BenchmarkAgainstGeneralSolvers(b *testing.B) {
	limit := time.Minute
	if v, err := time.ParseDuration(os.Getenv("FLAGSTONE_LIMIT")); err == nil {
		limit = v
	}
	others := []general{}
	for _, g := range []general{{"cbc", runCBC}, {"highs", runHiGHS}} {
		if why := g.missing(); why != "" {
			fmt.Println("skipped:", why)
		} else {
			others = append(others, g)
		}
	}
	if len(others) == 0 {
		b.Skip("neither cbc (apt-get install coinor-cbc) nor node with the npm package highs is here")
	}
	total := map[string]float64{} // seconds, over the facility problems
	solved := map[string]int{}
	count := func(name, solver string, o outcome) {
		if strings.HasPrefix(name, "p") {
			total[solver] += o.wall
			if o.plan && o.gap() <= 100*ProvenGap+1e-6 {
				solved[solver]++
			}
		}
	}
	defer func() {
		for _, solver := range sortedKeys(total) {
			fmt.Printf("p1-p40: %s took %.1f s and proved %d; ours takes %.3f of its time\n", solver, total[solver], solved[solver], total["ours"]/total[solver])
		}
	}()
	for _, name := range compared(b) {
		b.Run(name, func(b *testing.B) {
			var p *Problem
			if strings.HasPrefix(name, "p") {
				p = holmberg(b, name)
			} else {
				p = generated(b, name)
			}
			lp := filepath.Join(b.TempDir(), name+".lp")
			f, err := os.Create(lp)
			if err != nil {
				b.Fatal(err)
			}
			if err := writeLP(f, p); err != nil {
				b.Fatal(err)
			}
			if err := f.Close(); err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				res := solveFor(b, p, limit)
				ours := outcome{res.Objective, res.Bound, res.Wall, true}
				count(name, "ours", ours)
				fmt.Printf("%-7s %-6s %s\n", name, "ours", ours)
				for _, g := range others {
					theirs := g.run(b, lp, limit)
					count(name, g.name, theirs)
					fmt.Printf("%-7s %-6s %s; ours takes %.3f of its time, %s\n", name, g.name, theirs, ours.wall/theirs.wall, ours.against(theirs))
				}
			}
		})
	}
}

// compared lists the problems: all facility problems, and three seeds of each size
// of the generator. FLAGSTONE_COMPARE picks some, as p1,p2,rat60-3.
func compared(b *testing.B) []string {
	if v := os.Getenv("FLAGSTONE_COMPARE"); v != "" {
		return strings.Split(v, ",")
	}
	var names []string
	for _, o := range optima(b, "SSCFLP") {
		names = append(names, o.name)
	}
	for _, size := range []string{"rat60", "rat300", "rat1000"} {
		for seed := 1; seed <= 3; seed++ {
			names = append(names, fmt.Sprintf("%s-%d", size, seed))
		}
	}
	return names
}

// generated makes the problem of a name such as rat60-3 with the generator beside
// the instances.
func generated(b *testing.B, name string) *Problem {
	size, seed, ok := strings.Cut(name, "-")
	if !ok {
		return ratInstance(b, name)
	}
	n, err := strconv.Atoi(strings.TrimPrefix(size, "rat"))
	if err != nil {
		b.Fatal(err)
	}
	services := 3 * n
	if n == 60 {
		services = 120
	}
	dir := b.TempDir()
	out, err := exec.Command("python3", filepath.Join(shared(b), "solver", "gen_rationalise.py"), name, strconv.Itoa(n), strconv.Itoa(services), seed, dir).CombinedOutput()
	if err != nil {
		b.Fatalf("the generator: %v\n%s", err, out)
	}
	return readFile(b, filepath.Join(dir, name+".json"))
}

// outcome is what a solver reached.
type outcome struct {
	cost, bound, wall float64
	plan              bool
}

func (o outcome) gap() float64 { return 100 * (o.cost - o.bound) / math.Abs(o.cost) }

func (o outcome) String() string {
	if !o.plan {
		return fmt.Sprintf("no plan, bound %.2f, %.1f s", o.bound, o.wall)
	}
	return fmt.Sprintf("%.3f, bound %.3f, gap %.3f %%, %.1f s", o.cost, o.bound, o.gap(), o.wall)
}

// against compares plans and gaps.
func (o outcome) against(other outcome) string {
	if !other.plan {
		return "and has a plan where it has none"
	}
	return fmt.Sprintf("its plan costs %.4f of ours, its gap is %.3f %% against %.3f %%", other.cost/o.cost, other.gap(), o.gap())
}

type general struct {
	name string
	run  func(b *testing.B, lp string, limit time.Duration) outcome
}

func (g general) missing() string {
	if g.name == "cbc" {
		if _, err := exec.LookPath("cbc"); err != nil {
			return "cbc is not installed (apt-get install coinor-cbc)"
		}
		return ""
	}
	if out, err := underNode("require('highs')").CombinedOutput(); err != nil {
		return "node with the npm package highs is not here: " + strings.SplitN(strings.TrimSpace(string(out))+err.Error(), "\n", 2)[0]
	}
	return ""
}

func underNode(script string, args ...string) *exec.Cmd {
	c := exec.Command("node", append([]string{"-e", script}, args...)...)
	c.Dir = os.Getenv("FLAGSTONE_NODE")
	return c
}

func number(text, pattern string) (float64, bool) {
	m := regexp.MustCompile(pattern).FindAllStringSubmatch(text, -1)
	if m == nil {
		return 0, false
	}
	v, err := strconv.ParseFloat(m[len(m)-1][1], 64)
	return v, err == nil
}

func runCBC(b *testing.B, lp string, limit time.Duration) outcome {
	start := time.Now()
	raw, err := exec.Command("cbc", lp, "timemode", "elapsed", "sec", fmt.Sprint(limit.Seconds()), "ratio", "0.0001", "solve").CombinedOutput()
	if err != nil {
		b.Fatalf("cbc: %v\n%s", err, raw)
	}
	o := outcome{wall: time.Since(start).Seconds(), bound: math.Inf(-1)}
	text := string(raw)
	o.cost, o.plan = number(text, `(?m)^Objective value:\s+(\S+)`)
	if v, ok := number(text, `(?m)^Lower bound:\s+(\S+)`); ok {
		o.bound = v
	} else if v, ok := number(text, `best possible (\S+?)[,) ]`); ok {
		o.bound = v
	} else if v, ok := number(text, `Continuous objective value is (\S+)`); ok {
		o.bound = v
	}
	if o.plan && strings.Contains(text, "Result - Optimal solution found") {
		o.bound = max(o.bound, o.cost*(1-0.0001))
	}
	return o
}

const highsScript = `const fs=require('fs');
(async()=>{const h=await require('highs')({print:s=>console.log(s),printErr:()=>{}});
const [lp,limit]=process.argv.slice(1);
h.solve(fs.readFileSync(lp,'utf8'),{time_limit:+limit,mip_rel_gap:1e-4,output_flag:true,log_to_console:true});})();`

func runHiGHS(b *testing.B, lp string, limit time.Duration) outcome {
	start := time.Now()
	ctx, stop := context.WithTimeout(context.Background(), limit+2*time.Minute)
	defer stop()
	c := underNode(highsScript, lp, fmt.Sprint(limit.Seconds()))
	done := exec.CommandContext(ctx, c.Path, c.Args[1:]...)
	done.Dir = c.Dir
	raw, _ := done.CombinedOutput() // it may end with an error when no plan is known
	o := outcome{wall: time.Since(start).Seconds(), bound: math.Inf(-1)}
	text := string(raw)
	o.cost, o.plan = number(text, `Primal bound\s+(-?[0-9.e+]+)`)
	if v, ok := number(text, `Dual bound\s+(-?[0-9.e+]+)`); ok {
		o.bound = v
	}
	return o
}
