// Sunrise and sunset of the dates that are named:  go run zmanim.go 31.778 35.235 Asia/Jerusalem 2026-03-01 2026-03-02
// Needs in the environment ZMANIM_API_URL and CLERK_MACHINE_SECRET_KEY.
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"time"
)

const attempts = 5

type client struct {
	http    http.Client
	token   string
	renewAt time.Time
}

type day struct {
	Date  string `json:"date"`
	Times struct {
		Sunrise *string `json:"sunrise"` // nil where the sun does not rise on that day
		Sunset  *string `json:"sunset"`
	} `json:"times"`
}

type problem struct {
	Code    string `json:"code"`
	Error   string `json:"error"`
	Message string `json:"message"`
}

func (c *client) findToken() (string, error) {
	if c.token != "" && time.Now().Before(c.renewAt) {
		return c.token, nil
	}
	body := bytes.NewBufferString(`{"token_format":"jwt","seconds_until_expiration":900}`)
	request, err := http.NewRequest(http.MethodPost, clerk()+"/v1/m2m_tokens", body)
	if err != nil {
		return "", err
	}
	request.Header.Set("Authorization", "Bearer "+os.Getenv("CLERK_MACHINE_SECRET_KEY"))
	request.Header.Set("Content-Type", "application/json")
	response, err := c.http.Do(request)
	if err != nil {
		return "", err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusCreated {
		return "", fmt.Errorf("Clerk gave no token: %d", response.StatusCode)
	}
	var minted struct {
		Token string `json:"token"`
	}
	if err := json.NewDecoder(response.Body).Decode(&minted); err != nil {
		return "", err
	}
	c.token, c.renewAt = minted.Token, time.Now().Add(900*time.Second-120*time.Second)
	return c.token, nil
}

func (c *client) zmanim(latitude, longitude, zone, date string) (day, error) {
	query := url.Values{"latitude": {latitude}, "longitude": {longitude}, "date": {date}, "timezone": {zone}}
	renewed := false
	for attempt := 0; ; attempt++ {
		answer, refusal, response, err := c.ask(query)
		switch {
		case err != nil:
			return day{}, err
		case response.StatusCode == http.StatusOK:
			return answer, nil
		case response.StatusCode == http.StatusUnauthorized && !renewed:
			c.token, renewed = "", true // revoked, or our clock is wrong: once with a new one
		case (response.StatusCode == http.StatusTooManyRequests || response.StatusCode == http.StatusServiceUnavailable) && attempt < attempts:
			time.Sleep(pause(response.Header.Get("Retry-After"), attempt))
		default:
			return day{}, fmt.Errorf("%s: %s: %s", refusal.Code, refusal.Error, refusal.Message)
		}
	}
}

func (c *client) ask(query url.Values) (answer day, refusal problem, response *http.Response, err error) {
	token, err := c.findToken()
	if err != nil {
		return
	}
	request, err := http.NewRequest(http.MethodGet, os.Getenv("ZMANIM_API_URL")+"/api/v1/external/zmanim?"+query.Encode(), nil)
	if err != nil {
		return
	}
	request.Header.Set("Authorization", "Bearer "+token)
	if response, err = c.http.Do(request); err != nil {
		return
	}
	defer response.Body.Close()
	if response.StatusCode == http.StatusOK {
		err = json.NewDecoder(response.Body).Decode(&answer)
	} else {
		err = json.NewDecoder(response.Body).Decode(&refusal)
	}
	return
}

func clerk() string {
	if address := os.Getenv("CLERK_API_URL"); address != "" {
		return address
	}
	return "https://api.clerk.com"
}

// What the API says; else longer each time, and not all clients at the same moment.
func pause(retryAfter string, attempt int) time.Duration {
	if seconds, err := strconv.Atoi(retryAfter); err == nil {
		return time.Duration(seconds) * time.Second
	}
	return time.Duration(float64(time.Second<<attempt) * (0.5 + rand.Float64()/2))
}

func main() {
	c := client{http: http.Client{Timeout: 30 * time.Second}}
	for _, date := range os.Args[4:] {
		answer, err := c.zmanim(os.Args[1], os.Args[2], os.Args[3], date)
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		fmt.Println(answer.Date, text(answer.Times.Sunrise), text(answer.Times.Sunset))
	}
}

func text(value *string) string {
	if value == nil {
		return "null"
	}
	return *value
}
