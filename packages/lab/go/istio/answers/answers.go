// Package answers is how a program that asks Istio's code is asked: JSON documents on stdin and stdout, one answer a
// question, in the order of the questions.
package answers

import (
	"encoding/json"
	"fmt"
	"io"
	"os"

	"istio.io/istio/pkg/log"
)

// Quiet keeps every scope of Istio's logs still, those too of packages that log while they start.
func Quiet() {
	options := log.DefaultOptions()
	options.OutputPaths = []string{"stderr"}
	options.SetDefaultOutputLevel(log.OverrideScopeName, log.NoneLevel)
	if err := log.Configure(options); err != nil {
		Fail(err)
	}
	for _, scope := range log.Scopes() {
		scope.SetOutputLevel(log.NoneLevel)
	}
}

// Each answers the questions of stdin, so many at a time.
func Each[Question, Answer any](atOnce int, judge func(Question) Answer) {
	waiting := make(chan chan Answer, atOnce)
	running := make(chan struct{}, atOnce)
	go func() {
		defer close(waiting)
		decoder := json.NewDecoder(os.Stdin)
		for {
			var question Question
			if err := decoder.Decode(&question); err == io.EOF {
				return
			} else if err != nil {
				Fail(err)
			}
			running <- struct{}{}
			said := make(chan Answer, 1)
			waiting <- said
			go func() {
				defer func() { <-running }()
				said <- judge(question)
			}()
		}
	}()
	encoder := json.NewEncoder(os.Stdout)
	for said := range waiting {
		if err := encoder.Encode(<-said); err != nil {
			Fail(err)
		}
	}
}

// Fail ends the program.
func Fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
