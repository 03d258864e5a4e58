// Package app holds what every part of the window shares: the open project as
// the window needs it (Workspace), what the user is looking at (Desk) and the
// news of changes.
//
// It knows selection, the scenario being edited and who wants to hear about a
// change. It refuses to know how anything is drawn, stored or computed: it
// imports no Fyne, opens no file and adds nothing up. The window itself is
// package app/shell; places are packages below app/views; parts that several
// places use are in app/widgets.
package app
