// Package e2e drives the real window as a user does: keys and pointer through
// xdotool on a screen made by Xvfb. It asserts on the state file that the
// window writes and on the project file as the command line reads it, and keeps
// a screenshot of every step.
//
// It runs with -tags e2e (make e2e). FLAGSTONE_BIN is the folder with the built
// programs; screenshots go to FLAGSTONE_SHOTS, or a temporary folder.
package e2e
