// Istio's own judges on files, without a cluster: what `istioctl analyze` and istiod's validating webhook say.
//
//	istio-judges analyze [DIR…]   messages of all analysers; each folder of YAML is a world. Without folders: worlds on stdin
//	istio-judges validate         the webhook's verdict on each object of stdin
//
// Input on stdin and output are JSON documents, one answer a question, in the order of the questions.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"istio.io/istio/pkg/log"
)

func main() {
	options := log.DefaultOptions()
	options.OutputPaths = []string{"stderr"}
	options.SetDefaultOutputLevel(log.OverrideScopeName, log.NoneLevel)
	if err := log.Configure(options); err != nil {
		fail(err)
	}
	arguments := os.Args[1:]
	switch {
	case len(arguments) > 1 && arguments[0] == "analyze":
		for _, dir := range arguments[1:] {
			asked, err := worldOfFolder(dir)
			if err != nil {
				fail(err)
			}
			answer(analyzeApart(asked))
		}
	case len(arguments) == 1 && arguments[0] == "analyze":
		each(analyzeApart)
	case len(arguments) == 1 && arguments[0] == alone:
		each(analyze)
	case len(arguments) == 1 && arguments[0] == "validate":
		webhook, err := newWebhook()
		if err != nil {
			fail(err)
		}
		each(webhook.judge)
	default:
		fail(errors.New("usage: istio-judges analyze [DIR…] | validate"))
	}
}

func each[Question, Answer any](judge func(Question) Answer) {
	decoder := json.NewDecoder(os.Stdin)
	for {
		var question Question
		if err := decoder.Decode(&question); err == io.EOF {
			return
		} else if err != nil {
			fail(err)
		}
		answer(judge(question))
	}
}

func answer(value any) {
	if err := json.NewEncoder(os.Stdout).Encode(value); err != nil {
		fail(err)
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
