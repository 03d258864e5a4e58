// Package businesscase knows what a committee must be told about a comparison of options, and in which words: it turns an
// appraised comparison into the business case and its cover report, in a public and an exempt edition.
//
// It refuses to compute money, carbon, space or travel (it reads them from the comparison and from package access and adds rows up), to know how a page looks
// (package document and its renderers) and to read or write files.
package businesscase
