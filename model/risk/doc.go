// Package risk says how sure a result is: which assumptions could be otherwise
// and by how much, what that does to the value of each option, how often each
// comes out best, and which assumption alone moves it most.
//
// It knows distributions, how they move together, and how to change the streams
// of a comparison: the same streams, expanded by the same ledger, with other
// values in their terms. Net present social value is a product of terms for each
// stream and a sum over streams, so streams that hang on the same terms are added
// up once and each draw multiplies the sums; growth and index paths are worked
// out year by year in every draw. What changes the shape of a plan and not only
// an amount (a slip in years, months to a sale, floor area taken in a hub) is
// had by building the plan again at some values and going straight between them.
// A run whose planned figures do not tie to the comparison's is refused.
//
// It refuses to know why a stream exists, what is likely (ranges are given, or
// stand for an evidence grade), the clock, and how results are shown. The same
// seed gives the same results on any number of processors.
//
// # Ranges by evidence grade
//
// Unless a range is given, an assumption may lie between these ends, most likely
// at its value (a triangular distribution):
//
//	measured     −5 % to  +5 %
//	stated      −10 % to +10 %
//	benchmark   −20 % to +30 %
//	estimated   −25 % to +40 %
//	placeholder −40 % to +60 %
//
// Shares are kept between 0 and 1 and prices above 0. Real growth, which is often
// put at nought, has at least half a percentage point either way. Amounts of the
// estate itself (rent, kWh, values of buildings) move together by category, each
// building by the same share, by the grades of what makes them up: the data of a
// place tend to be wrong in one direction, so this errs on the wide side. Nobody
// publishes how likely low and high paths of prices and carbon values are; they
// are read as what is passed one time in ten on either side. A plan slips by
// nought to two years, most likely not at all: a placeholder, and the first thing
// to replace by one's own record.
package risk
