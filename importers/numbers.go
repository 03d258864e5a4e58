package importers

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// nth puts a list into such order that the k-th smallest number stands at k, with none greater before it and none smaller after it,
// and gives that number. It does far less than sort.
func nth(x []float64, k int) float64 {
	low, high := 0, len(x)-1
	for high > low {
		mid := low + (high-low)/2
		a, b, c := x[low], x[mid], x[high]
		pivot := max(min(a, b), min(max(a, b), c)) // the middle one of three
		i, j := low, high
		for i <= j {
			for x[i] < pivot {
				i++
			}
			for x[j] > pivot {
				j--
			}
			if i <= j {
				x[i], x[j] = x[j], x[i]
				i++
				j--
			}
		}
		switch {
		case k <= j:
			high = j
		case k >= i:
			low = i
		default:
			return x[k]
		}
	}
	return x[k]
}

// sideBySide does work on n things, in runs of them, on all processors. The work on a thing must touch no other.
func sideBySide(n int, work func(from, to int)) {
	workers := runtime.GOMAXPROCS(0)
	run := max(1, min(4096, n/(4*workers)))
	if n <= run {
		work(0, n)
		return
	}
	var next atomic.Int64
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for {
				to := int(next.Add(int64(run)))
				from := to - run
				if from >= n {
					return
				}
				work(from, min(to, n))
			}
		})
	}
	wg.Wait()
}
