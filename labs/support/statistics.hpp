// What samples amount to.
#pragma once

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

inline double mean(const std::vector<double>& samples) {
    return std::accumulate(samples.begin(), samples.end(), 0.0) / static_cast<double>(samples.size());
}

// The sample standard deviation: divided by one less than there are samples. Of one sample: 0.
inline double deviation(const std::vector<double>& samples) {
    if (samples.size() < 2) return 0;
    const double middle = mean(samples);
    double sum = 0;
    for (const double sample : samples) sum += (sample - middle) * (sample - middle);
    return std::sqrt(sum / static_cast<double>(samples.size() - 1));
}

// The one in the middle; of an even number, halfway between the two there.
inline double median(std::vector<double> samples) {
    std::sort(samples.begin(), samples.end());
    const std::size_t half = samples.size() / 2;
    return samples.size() % 2 == 1 ? samples[half] : (samples[half - 1] + samples[half]) / 2;
}
