// Istio's own judges on files, without a cluster: what `istioctl analyze` and istiod's validating webhook say.
//
//	istio-judges analyze [DIR…]   messages of all analysers; each folder of YAML is a world. Without folders: worlds on stdin
//	istio-judges validate         the webhook's verdict on each object of stdin
//	istio-judges inject           what becomes of Pods that are created in the worlds of stdin
//
// Input on stdin and output are JSON documents, one answer a question, in the order of the questions.
package main

import (
	"encoding/json"
	"errors"
	"os"

	"orbweaver.dev/lab/istio/answers"
	"orbweaver.dev/lab/istio/worlds"
)

func main() {
	answers.Quiet()
	arguments := os.Args[1:]
	switch {
	case len(arguments) > 1 && arguments[0] == "analyze":
		for _, dir := range arguments[1:] {
			analyzeFolder(dir)
		}
	case len(arguments) != 1:
		answers.Fail(errors.New("usage: istio-judges analyze [DIR…] | validate | inject"))
	case arguments[0] == "analyze":
		answers.Each(1, analyzeApart)
	case arguments[0] == alone:
		answers.Each(1, analyze)
	case arguments[0] == "validate":
		webhook, err := newWebhook()
		if err != nil {
			answers.Fail(err)
		}
		answers.Each(1, webhook.judge)
	case arguments[0] == "inject":
		answers.Each(1, admit)
	default:
		answers.Fail(errors.New("usage: istio-judges analyze [DIR…] | validate | inject"))
	}
}

func analyzeFolder(dir string) {
	var files worlds.Files
	if err := files.Read(dir); err != nil {
		answers.Fail(err)
	}
	asked := world{ID: dir, Objects: files.Objects, MeshConfig: files.MeshConfig, MeshNetworks: files.MeshNetworks}
	if err := json.NewEncoder(os.Stdout).Encode(analyzeApart(asked)); err != nil {
		answers.Fail(err)
	}
}
